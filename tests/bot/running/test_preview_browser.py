"""The preview in a real browser, where one is installed: what an administrator sees before there is a token."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bot.running import preview
from tests.bounded import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
"""Debian's: the package of Playwright brings no browser of its own."""
sync_api: Any = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
sync_api.expect.set_options(timeout=LIMIT * 1_000)  # a reload takes seconds where much else runs
pytestmark = [
    pytest.mark.skipif(bool(preview.missing()), reason="the extra “preview” is not installed"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]

STAFF = "Combien de salariés le moulin emploie"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def addresses(small: Path) -> Iterator[tuple[str, str]]:
    """Run `saga preview`; give the address of the channel and of the direct message."""
    command = [sys.executable, "-m", "bot", "--base", str(small), "preview"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = [re.search(r"http\S+", process.stdout.readline()) for _ in range(2)]
        assert found[0]
        assert found[1]
        yield found[0][0], found[1][0]
        process.send_signal(signal.SIGINT)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Run a browser without a window, for all tests."""
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """Return the browser, without what another test has opened or kept in it."""
    yield chromium
    for context in chromium.contexts:
        context.close()


class Page:
    """A page of the preview, as somebody uses it."""

    def __init__(self, browser: Any, address: str, size: dict[str, int]) -> None:
        self.page = browser.new_page(viewport=size)
        self.page.goto(address)
        self.shows("Azur|45")
        # The page measures itself once more after it shows its messages, and until then forgets what is typed.
        sync_api.expect(self.page.get_by_text("Viewport updated").first).to_be_visible()

    def box(self) -> Any:
        """Return where one types."""
        return self.page.get_by_role("textbox", name=re.compile("Message")).first

    def shows(self, pattern: str) -> None:
        """Wait until the latest message shows something."""
        sync_api.expect(self.page.locator(".channel-message").last).to_contain_text(re.compile(pattern))

    def command(self, name: str, text: str = "", choice: str = "") -> None:
        """Choose a command, fill its first field with a proposal, and send it."""
        self.box().press_sequentially(f"/{name}")
        self.page.get_by_text(f"/{name}", exact=True).locator("visible=true").first.wait_for()
        self.page.keyboard.press("Enter")
        if text:
            self.page.keyboard.type(text)
            self.page.get_by_role("option", name=choice).locator("visible=true").first.click()
        self.send()

    def say(self, text: str) -> None:
        """Write a message and send it."""
        self.box().press_sequentially(text)
        sync_api.expect(self.box()).to_have_value(text)
        self.send()

    def send(self) -> None:
        """Send what stands in the composer."""
        self.page.get_by_role("button", name=re.compile("^(Send|Run)")).locator("visible=true").first.click()

    def become(self, name: str) -> None:
        """Look on as somebody else."""
        with self.page.expect_response(re.compile("/api/commands")):
            self.page.get_by_label(re.compile("Viewing")).select_option(label=name)

    def click(self, label: str) -> None:
        """Click a button of the latest message."""
        self.page.locator(".channel-message").last.get_by_role("button", name=label, exact=False).first.click()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desktop", "phone"])
def test_one_types_a_question_and_clicks(browser: Any, addresses: tuple[str, str], size: dict[str, int]) -> None:
    """A slash command with autocomplete, its card, the private sources; nothing wider than the screen."""
    page = Page(browser, addresses[0], size)
    page.command("question", "salar", STAFF)
    page.shows(f"En réponse à.*{STAFF}")
    page.click("Sources")
    page.shows("D’où vient cette réponse")
    assert page.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_bot_is_mentioned_by_name_and_replied_to(browser: Any, addresses: tuple[str, str]) -> None:
    """« @Saga », typed out, is a mention; a reply to the answer goes on from it."""
    page = Page(browser, addresses[0], DESK)
    page.say("@Saga combien Azur offre-t-elle pour le moulin ?")
    page.shows("2.millions")
    page.page.locator(".channel-message").last.hover()
    page.page.locator(".channel-message").last.get_by_role("button", name="Reply").click()
    page.say("et Brunel ?")
    page.shows("montant de l’offre de Brunel")


def test_one_goes_on_after_a_refusal(browser: Any, addresses: tuple[str, str]) -> None:
    """Somebody who is told that a command cannot do that is no failure: the page takes what comes next."""
    page = Page(browser, addresses[0], DESK)
    page.box().press_sequentially("/acteur")
    page.page.get_by_text("/acteur", exact=True).locator("visible=true").first.wait_for()
    page.page.keyboard.press("Enter")
    with page.page.expect_response(re.compile("/api/action")):  # the proposals; until then nothing can be sent
        page.page.keyboard.type("Zorglub")
    page.send()
    page.shows("Je ne connais pas «.Zorglub.»")
    page.say("@Saga combien Azur offre-t-elle pour le moulin ?")
    page.shows("2.millions")


def test_a_direct_message_is_answered(browser: Any, addresses: tuple[str, str]) -> None:
    """Any text is a question there."""
    page = Page(browser, addresses[1], DESK)
    page.say("combien de farine le moulin produit-il ?")
    page.shows("300.tonnes")
    page.click("Sources")
    page.shows("D’où vient cette réponse")


def test_the_curator_reloads_what_was_just_edited(
    browser: Any,
    addresses: tuple[str, str],
    small: Path,
) -> None:
    """A changed fact is named, a mistake is told by file and line."""
    page = Page(browser, addresses[0], DESK)
    page.become("Camille")
    facts = small / "facts" / "chiffres.yaml"
    good = facts.read_text(encoding="utf-8")
    facts.write_text(good.replace("emploie 45", "compte 45"), encoding="utf-8")
    page.command("admin recharger")
    page.shows("1 modifié.*effectifs")
    facts.write_text(good.replace("actors: [moulin]", "actors: [moulins]", 1), encoding="utf-8")
    page.command("admin recharger")
    page.shows(r"facts/chiffres\.yaml:\d+: there is no actor")
