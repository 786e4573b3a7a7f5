"""The employee shift scheduling instances of Curtois and Qu, as one of our own problems."""
