"""What `make test-edited` does to data: another number everywhere, and no mistake."""

from __future__ import annotations

from pathlib import Path

from generator.dataset import Dataset
from generator.models.channels import EmailChannel, PhoneChannel, ShortCodeChannel
from tests.conftest import load_good
from tests.edit_everything import NewNumbers, edit, edit_organization, find_channel_to_doubt


def test_every_contact_becomes_another_that_somebody_confirmed(
    good_data: Path, good_dataset: Dataset
) -> None:
    numbers = NewNumbers(good_dataset)
    for key, organization in good_dataset.organizations.items():
        path = good_data / "organizations" / f"{key}.yaml"
        edit(path, edit_organization, good_dataset, organization, numbers, "2026-03-02")
    edited = load_good(good_data)
    doubted = find_channel_to_doubt(good_dataset, good_dataset.organizations["DZ/child-line"])
    assert doubted == "refuge"
    for (_, _, old), (_, _, new) in zip(good_dataset.channels(), edited.channels(), strict=True):
        if new.id == doubted:
            assert (new.doubtful, new.published) != (None, None)
            continue
        assert new.confirmed
        assert new.confirmed.assured_date == "2026-03-02"
        assert (new.published, new.as_printed) == (None, None)
        if isinstance(old, PhoneChannel | ShortCodeChannel):
            assert isinstance(new, type(old))
            assert new.number != old.number
        if isinstance(old, EmailChannel):
            assert isinstance(new, EmailChannel)
            assert new.address == f"new.{old.address}"
    names = [s.name.root["en"] for o in edited.organizations.values() for s in o.services]
    assert names == [
        "New Case management", "Clinic", "New Case management", "New Health care",
    ]  # fmt: skip


def test_a_new_number_is_one_that_can_exist_and_nobody_has(good_dataset: Dataset) -> None:
    numbers = NewNumbers(good_dataset)
    assert numbers.other_than("+216 71 720 200", "TN") == "+216 71 720 201"
    assert numbers.other_than("+216 71 720 200", "TN") == "+216 71 720 202"
    assert numbers.other_than("1111", "DZ") == "1112"
    assert numbers.other_than("1110", "DZ") == "1113"
