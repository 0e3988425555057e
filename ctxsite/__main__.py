"""`python -m ctxsite` is the same as `ctxsite`."""

from ctxsite.cli.main import main

if __name__ == "__main__":
    main()
