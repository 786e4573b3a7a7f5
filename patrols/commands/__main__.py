"""`python -m patrols.commands`: how one process of an office starts another."""

from patrols.commands import main

if __name__ == "__main__":
    main()
