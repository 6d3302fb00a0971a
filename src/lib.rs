//! Unstuck, the help widget.
