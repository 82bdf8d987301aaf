"""What differs between two states of the data, by meaning: values in, values out."""

from generator.changes.finding import find_changes
from generator.changes.model import Change, Comparison, Effect, Reason, RecordName

__all__ = ["Change", "Comparison", "Effect", "Reason", "RecordName", "find_changes"]
