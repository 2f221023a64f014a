import sys

from vouchsafe.doors.cli import main

sys.exit(main())
