"""One way through the pages in a real browser, by keyboard, with nothing refused or broken."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from web_kit import NOW

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
