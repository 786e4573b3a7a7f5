"""Other solvers on the same problems, in the same seconds, judged by the same judge."""
