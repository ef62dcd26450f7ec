"""`python -m pipelines` is the command `capaian`."""

from pipelines.cli import main

main()
