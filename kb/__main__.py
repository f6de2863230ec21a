"""Start the command line as `python -m kb`."""

from kb.faces.cli.app import main

if __name__ == "__main__":
    main()
