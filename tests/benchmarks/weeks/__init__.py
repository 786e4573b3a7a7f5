"""Frozen weeks of joint patrols (`tandem-week/1`), as one of our own problems."""
