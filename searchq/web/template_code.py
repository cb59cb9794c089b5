"""The Python that templates are compiled to: plainer than jinja2's own, which looks up what each name may mean.

    Dag {{ name }}!     yield joined('Dag ', l_0_name, '!')        one call a stretch of text and values
    {{ hit.date }}      l_1_hit.date                               an attribute, never a key
    {{ card(hit) }}     l_0_card(l_1_hit)                          what the template gives, by place, nothing else
    {% macro card %}    a function                                 arguments left out are `missing`

Values are escaped as they are joined, but not marked as such.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

__all__ = ["MergedOutputs", "TemplateCode", "as_macro"]


class TemplateCode(CodeGenerator):
    """Compiles templates of an environment that has `joined`, `printed` and `as_macro`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as jinja2 names it
        """Write a template."""
        self.writeline("joined, printed, as_macro = environment.joined, environment.printed, environment.as_macro")
        super().visit_Template(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write a stretch of text and values."""
        if frame.require_output_check or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            return super().visit_Output(node, frame)
        parts = list(self._parts(node, frame))
        if not parts:
            return None
        self.writeline(f"{frame.buffer}.append(" if frame.buffer else "yield ", node)
        self._write_parts(parts, frame)
        self.write(")" if frame.buffer else "")
        return None

    def _parts(self, node: nodes.Output, frame: Frame) -> Iterator[str | nodes.Expr]:
        """What is known now, as HTML, and values between; none of the same kind follow each other but values."""
        finalize = self._make_finalize()
        parts = (self._part(child, frame, finalize) for child in node.nodes)
        for is_text, group in groupby(parts, lambda part: isinstance(part, str)):
            alike = list(group)
            yield from ["".join(map(str, alike))] if is_text else alike

    def _part(self, child: nodes.Expr, frame: Frame, finalize: Any) -> str | nodes.Expr:
        try:
            return str(self._output_child_to_const(child, frame, finalize))
        except Exception:  # as jinja2 does: what cannot be told now is told, or is an error, when it is rendered
            return child

    def _write_parts(self, parts: list[str | nodes.Expr], frame: Frame) -> None:
        """Write an expression for the parts joined: text at even places, values at odd ones."""
        if len(parts) == 1 and isinstance(parts[0], str):
            return self.write(repr(parts[0]))
        self.write("joined(" if len(parts) > 1 else "printed(")
        for before, part in zip([None, *parts], parts, strict=False):
            if isinstance(part, str):
                self.write(repr(part))
            else:
                self.write("'', " if len(parts) > 1 and not isinstance(before, str) else "")
                self.visit(part, frame)
            self.write(", " if len(parts) > 1 else "")
        return self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call, with arguments by place."""
        if node.kwargs or node.dyn_kwargs or forward_caller:
            return super().visit_Call(node, frame, forward_caller)
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        if node.dyn_args:
            self.write("*")
            self.visit(node.dyn_args, frame)
        return self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what a macro is to the template."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            return super().macro_def(macro_ref, frame)
        return self.write(f"as_macro(macro, {len(macro_ref.node.args)})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Write the end of a function that prints, as a macro does: what it returns is escaped."""
        super().return_buffer_contents(frame)


_MISSING: Final = (missing,)


def as_macro(function: Callable[..., Any], arguments: int) -> Callable[..., Any]:
    """Return a function that may be called with fewer arguments than it has."""
    function.__defaults__ = _MISSING * arguments
    return function


class MergedOutputs(NodeTransformer):
    """Joins stretches that follow each other, such as a text and its translated part."""

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Visit what a node holds, then join."""
        super().generic_visit(node, *args, **kwargs)
        for name, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, name, list(_merged(value)))
        return node


def _merged(listed: list[Any]) -> Iterator[Any]:
    for is_output, group in groupby(listed, lambda node: isinstance(node, nodes.Output)):
        together = list(group)
        if is_output:
            parts = [part for output in together for part in output.nodes]
            yield nodes.Output(parts, lineno=together[0].lineno)
        else:
            yield from together
