"""`saga ask`: one question, or a stream of them."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

import click

from bot.asking.caching import TTLCache
from bot.cli import coloured, opened
from knowledge.compiling.folders import SHIPPED
from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.model import KnowledgeBase
from knowledge.reply import Reply

CONVERSATIONS_AT_MOST: Final = 10_000
"""Conversations of one stream that are remembered; the one that was silent longest goes first."""


@click.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as one JSON object.")
@click.option("--jsonl", "stream", is_flag=True, help="Read questions from standard input, one JSON object a line.")
@click.option("--explain", is_flag=True, help="Show how the question was read and decided.")
@click.pass_context
def ask(context: click.Context, question: tuple[str, ...], *, as_json: bool, stream: bool, explain: bool) -> None:
    """Answer QUESTION, or a stream of questions.

    With --jsonl, each line is an object with a question, and may have an id and a conversation: lines that share one
    are read as one person's talk. Each gets one line, in the same order.
    """
    if stream:
        if question:
            raise click.UsageError("--jsonl reads the questions from standard input; leave QUESTION out")
        if as_json or explain:
            raise click.UsageError("--jsonl goes without --json and --explain")
        if sys.stdin is None or sys.stdout is None:
            raise click.UsageError("--jsonl needs standard input and standard output")
        base = opened(context)
        for line in replies(sys.stdin.buffer, base):
            # JSON Lines are UTF-8 whatever the terminal's encoding; half a surrogate pair becomes "?".
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
        return
    if as_json and explain:
        raise click.UsageError("--explain goes without --json")
    text = " ".join(question)
    if not text.strip():
        raise click.UsageError('there is no question; try: saga ask "de quoi parle cette saga ?"')
    base = opened(context)
    started = time.perf_counter()
    reply = answer(text, base)
    milliseconds = (time.perf_counter() - started) * 1000
    if as_json:
        click.echo(json.dumps(as_object(reply, milliseconds), ensure_ascii=False).encode("utf-8", "replace"))
        return
    from bot.cli.showing import explained, width_of, written  # noqa: PLC0415 - the stream does without

    click.echo(written(reply, colour=coloured(sys.stdout), width=width_of(sys.stdout)))
    if explain:
        click.echo(explained(reply, base, (context.obj or SHIPPED).absolute(), milliseconds))


def replies(lines: Any, base: KnowledgeBase) -> Iterator[str]:
    """Yield one line of JSON for each line of bytes: a reply, or an error in its place."""
    talks: TTLCache[str | int, Conversation] = TTLCache(CONVERSATIONS_AT_MOST)
    for raw in lines:
        if not raw.strip():
            continue
        request, error = _request(raw)
        if error:
            yield json.dumps({"id": request.get("id"), "error": error}, ensure_ascii=False)
            continue
        key = request.get("conversation")
        started = time.perf_counter()
        reply = answer(request["question"], base, talks.get(key) if key is not None else None)
        milliseconds = (time.perf_counter() - started) * 1000
        if key is not None:
            talks.keep(key, reply.conversation)
        yield json.dumps({"id": request.get("id"), **as_object(reply, milliseconds)}, ensure_ascii=False)


def _request(raw: bytes) -> tuple[dict[str, Any], str]:
    """Return the object of a line, and what is wrong with it (the empty string: nothing)."""
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_refused, parse_float=_finite)
    except UnicodeDecodeError as error:
        return {}, f"the line is not UTF-8 text (byte {error.start})"
    except (ValueError, RecursionError):
        return {}, 'the line is no JSON object; write {"question": "…"}'
    if not isinstance(value, dict):
        return {}, 'the line is no JSON object; write {"question": "…"}'
    if not isinstance(value.get("question"), str):
        return value, "the field 'question' has to be a text"
    key = value.get("conversation")
    if key is not None and (isinstance(key, bool) or not isinstance(key, (str, int))):
        return value, "the field 'conversation' has to be a text or a number"
    return value, ""


def _refused(name: str) -> None:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(name)


def _finite(text: str) -> float:
    """Read a number; one too large for this machine would be printed as Infinity."""
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


def as_object(reply: Reply, milliseconds: float) -> dict[str, Any]:
    """Return a reply as the documented JSON object."""
    return {
        "question": reply.question,
        "outcome": reply.outcome.value,
        "answer": reply.text,
        "sources": [
            {
                "article": source.article,
                "document": source.document,
                "title": source.title,
                "publication": source.publication,
                "date": f"{source.date}?" if source.inferred else source.date,  # EDTF: "?" marks what is uncertain
                "paragraphs": list(source.paragraphs),
            }
            for source in reply.sources
        ],
        "facts": list(reply.facts),
        "intent": reply.intent,
        "confidence": reply.confidence,
        "runner_up": reply.runner_up,
        "suggestions": list(reply.suggestions),
        "milliseconds": round(milliseconds, 3),
    }
