"""What wakes the workers. The embedded engine (`doors/worker/engine.py`) looks for due rows by itself; another engine has its place here."""
