"""`python -m generator.cli`, the same as `dalil`."""

from generator.cli import main

main()
