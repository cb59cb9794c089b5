"""Requests as they are read: what two servers might read differently is refused."""

from waitress.parser import HTTPRequestParser, ParsingError

__all__ = ["StrictParser", "is_repeatable"]


class StrictParser(HTTPRequestParser):  # type: ignore[misc]
    """A request parser that refuses what another server might read as another request."""

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the head of a request. Raises ParsingError, which is answered by 400."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # an address with a bracket, a length of thousands of digits
            raise ParsingError("the address or a number cannot be read") from error
        if "CONTENT_LENGTH" in self.headers and (self.chunked or "TRANSFER_ENCODING" in self.headers):
            raise ParsingError("Content-Length beside Transfer-Encoding")
        if self.version == "1.1" and "HOST" not in self.headers:
            raise ParsingError("HTTP/1.1 without Host")


def is_repeatable(request: HTTPRequestParser) -> bool:
    """Whether a request is complete, and may be answered by another worker if this one does not."""
    return bool(request.completed and not (request.empty or request.error) and request.command in ("GET", "HEAD"))
