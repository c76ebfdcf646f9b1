"""`python -m indsteer`: the commands of the core, without a screen."""

from indsteer.cli import main

if __name__ == "__main__":
    main()
