"""The job for spark-submit, which wants a file."""

import sys

from dedupe_spark.__main__ import main

sys.exit(main())
