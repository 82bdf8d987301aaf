"""What all forms of the report call a contact, in English as everything that editors read."""

from __future__ import annotations

from generator.ageing import Contact, Risk
from generator.dataset import Dataset
from generator.values.text import SOURCE_LANGUAGE

RISK_TITLES: dict[Risk, str] = {
    "call_first": "Call first",
    "nationwide": "Other nationwide helplines",
    "number": "Other numbers",
    "written": "E-mail and web pages",
}


def organization_name(contact: Contact) -> str:
    """Return how a list names the organization: by its abbreviation, or else by its name."""
    organization = contact.organization
    return (organization.abbreviation or organization.name).in_language(SOURCE_LANGUAGE).text


def channel_label(contact: Contact) -> str:
    """Return what the channel is for and where: `Helpline, Rabat`; empty if nothing is known."""
    parts = (contact.view.label, contact.view.location_name)
    return ", ".join(part.text for part in parts if part)


def assured(contact: Contact, dataset: Dataset) -> tuple[str, str, str]:
    """Return when the contact was last assured, how, and by whom: by a person, or by its source.

    The date is ISO 8601 of any precision and empty where the source has none; the method is
    `phone`, `email`, `visit` or `published`; a source is named by its identifier.
    """
    channel = contact.channel
    if channel.confirmed:
        one = channel.confirmed
        return one.assured_date, one.method, one.assurer
    assert channel.published is not None, "a channel without provenance passed validation"
    source = dataset.sources[channel.published.source]
    return source.published or "", "published", source.id
