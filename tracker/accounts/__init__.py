"""People who use the tracker: roles, sign-in, and the gate every request passes."""
