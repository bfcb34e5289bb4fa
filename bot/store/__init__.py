"""What the bot keeps: one SQLite file behind one narrow class. Nothing else speaks SQL."""

from bot.store import lock
from bot.store.problems import StoreError
from bot.store.records import DailyCount, EntryKind, Gap, GuildSettings, PersonalEntry, Reload, Report, VotedIntent
from bot.store.store import REPORTS_A_DAY, Store

__all__ = [
    "REPORTS_A_DAY",
    "DailyCount",
    "EntryKind",
    "Gap",
    "GuildSettings",
    "PersonalEntry",
    "Reload",
    "Report",
    "Store",
    "StoreError",
    "VotedIntent",
    "lock",
]
