"""Line 11: what a password costs the questions of lines 3, 6, 7 and the change of line 8.

Each question is asked right after a change, when nothing is left of what was deciphered before.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import log_interaction
from acctdesk.storage.book import Book
from benchmarks.books import PASSWORD, TODAY
from benchmarks.floor import interleaved, report
from benchmarks.questions import FIGURES, busiest_client, client_page, palette

GOAL = 1.4


def _log(desk: Desk, client_id: int) -> None:
    desk.perform(
        msg("Step", "Log interaction"),
        log_interaction,
        client_id=client_id,
        kind=InteractionKind.CALL,
        happened_at=dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC),
        subject="Κλήση για τις τιμές",
    )


def test_what_a_password_costs(team_book: Path, locked_team_book: Path) -> None:
    with (
        Book.open(team_book) as open_book,
        Book.open(locked_team_book, password=PASSWORD) as locked_book,
    ):
        plain, locked = Desk(open_book), Desk(locked_book)
        client_id = busiest_client(plain, talks=5_000)
        assert client_id == busiest_client(locked, talks=5_000)

        def change() -> None:
            _log(plain, client_id)
            _log(locked, client_id)

        questions = {
            "a key of the palette: π": palette("π"),
            "a key of the palette: papad": palette("papad"),
            "opening a client": client_page(client_id),
            **FIGURES,
        }
        for name, question in questions.items():
            measured = interleaved(
                name,
                lambda question=question: locked.query(question),  # type: ignore[misc]
                lambda question=question: plain.query(question),  # type: ignore[misc]
                rounds=9,
                before=change,
            )
            report(11, f"{name}, with a password", "team", measured, GOAL)
        measured = interleaved(
            "logging an interaction",
            lambda: _log(locked, client_id),
            lambda: _log(plain, client_id),
            rounds=60,
            clock=time.perf_counter,
        )
        report(11, "logging an interaction, with a password", "team", measured, GOAL)
