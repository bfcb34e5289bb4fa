"""English names and descriptions of the commands, for members whose Discord speaks English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands

from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from discord.app_commands import TranslationContextTypes, locale_str

ENGLISH: Final = {
    # names
    "question": "ask",
    "texte": "text",
    "prive": "private",
    "Que dit la saga ?": "What does the saga say?",
    "chronologie": "timeline",
    "annee": "year",
    "acteur": "actor",
    "nom": "name",
    "chiffres": "figures",
    "theme": "theme",
    "sources": "sources",
    "aide": "help",
    "mesdonnees": "mydata",
    "reglages": "settings",
    "admin": "admin",
    "recharger": "reload",
    "lacunes": "gaps",
    "avis": "feedback",
    "statistiques": "statistics",
    "expliquer": "explain",
    "sante": "health",
    "jours": "days",
    # descriptions
    "Poser une question sur la saga": "Ask a question about the saga",
    "Votre question, comme elle vous vient": "Your question, in your own words (in French, best)",
    "Vous seul verrez la réponse, même là où le serveur les montre à tous": (
        "Only you will see the answer, even where the server shows them to all"
    ),
    "Les événements de la saga, dans l’ordre": "The events of the saga, in order",
    "Une année seulement": "One year only",
    "Ce qui concerne une personne, une entreprise, une institution": "What concerns a person, company or institution",
    "Qui est-ce, et qu’a fait cette personne ou cette entreprise ?": "Who is it, and what did they do?",
    "La personne, l’entreprise ou l’institution": "The person, company or institution",
    "Les chiffres de la saga": "The figures of the saga",
    "Un thème seulement": "One theme only",
    "Les articles, et ce qui repose sur chacun": "The articles, and what rests on each",
    "Ce que je sais faire": "What I can do",
    "Voir ou effacer ce qui est conservé à votre sujet": "See or delete what is kept about you",
    "Où et comment le bot répond dans ce serveur": "Where and how the bot answers in this server",
    "Pour les personnes qui tiennent la base de faits": "For those who keep the fact base",
    "Recharger la base de faits": "Reload the fact base",
    "Ce qui a été demandé et n’a pas eu de réponse": "What was asked and not answered",
    "Réponses jugées inutiles, erreurs signalées": "Answers voted down, errors reported",
    "Combien de questions, par où, avec quelle issue": "How many questions, by which door, with what outcome",
    "Pourquoi cette réponse": "Why this answer",
    "La question à expliquer": "The question to explain",
    "Version, base, connexion": "Version, base, connection",
    "Sur combien de jours": "Over how many days",
}
"""Every translatable string of the command tree, and its English form."""

LOCALES: Final = (discord.Locale.american_english, discord.Locale.british_english)


def in_language(french: str, locale: discord.Locale) -> str:
    """Return a string of the command tree as a Discord in that language shows it."""
    return ENGLISH[french] if locale in LOCALES else typeset(french)


class FrenchFirst(app_commands.Translator):
    """The commands are written in French; English is offered beside it, and nothing else."""

    async def translate(self, string: locale_str, locale: discord.Locale, _: TranslationContextTypes) -> str | None:
        """Return the English form for an English Discord."""
        return ENGLISH.get(string.message) if locale in LOCALES else None
