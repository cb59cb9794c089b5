"""Who asks: an address, the network of a household, or the one whom trusted proxies saw."""

import pytest

from searchq.web.visitors import is_this_machine, visitor_behind, visitor_of


@pytest.mark.parametrize(
    ("address", "visitor"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("", ""),
        ("localhost", "localhost"),
    ],
)
def test_a_visitor_is_an_address_or_a_household(address: str, visitor: str) -> None:
    assert visitor_of(address) == visitor


@pytest.mark.parametrize(
    ("forwarded", "proxies", "visitor"),
    [
        ("192.0.2.7", 0, "198.51.100.1"),  # sent by the visitor
        ("192.0.2.7", 1, "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7", 1, "192.0.2.7"),  # the first was invented
        ("203.0.113.9, 192.0.2.7", 2, "203.0.113.9"),
        ("192.0.2.7", 2, "198.51.100.1"),  # fewer proxies than trusted
        ("", 1, "198.51.100.1"),
    ],
)
def test_only_what_trusted_proxies_saw_is_believed(forwarded: str, proxies: int, visitor: str) -> None:
    assert visitor_behind({"X_FORWARDED_FOR": forwarded}, proxies, "198.51.100.1") == visitor


def test_this_machine_may_stand_for_many() -> None:
    assert [is_this_machine(one) for one in ("127.0.0.1", "::1", "", "127.0.0.2", "192.0.2.7")] == [True] * 3 + [
        False
    ] * 2
