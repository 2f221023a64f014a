"""The first view of a writer's page on a phone over a slow line: when words are seen, when the largest thing, what jumps.

A real server on the story's data, a new browser each time, nothing kept. The line and the processor are slowed as
Lighthouse does for a middling phone: 150 ms there and back, 1.6 Mbit a second, a quarter of the speed. Medians of seven,
and how busy the machine was: on a busy one the processor, not the line, is what is measured.
The design asks for words within 1 s and the largest thing within 1.5 s on 4G, which is a faster line than this.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.serving import environment, free_port, serving

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
TIMES = 7
LINES = {
    "slow 4G (1.6 Mbit/s, 150 ms)": {
        "latency": 150,
        "downloadThroughput": 200_000,
        "uploadThroughput": 93_750,
    },
    "4G (9 Mbit/s, 60 ms)": {"latency": 60, "downloadThroughput": 1_125_000, "uploadThroughput": 375_000},
}
WATCH = """() => { window.seen = { largest: 0, jumps: 0 };
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.seen.largest = one.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.seen.jumps += one.value; })
    .observe({ type: "layout-shift", buffered: true }); }"""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
PAINTED = "window.seen.largest && performance.getEntriesByName('first-contentful-paint').length"
PAGES = ("/", "/verify/", "/accounts/login/")


def rows() -> Iterator[tuple[str, float, str]]:
    found = os.environ.get("VOUCHSAFE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        pages = [*PAGES, _asked(Path(folder))]
        with serving(Path(folder), port):
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
            for line, how in LINES.items():
                for page in pages:
                    name = "the writer's page" if page.startswith("/r/") else page
                    first, largest, jumps = _median(browser, f"http://localhost:{port}{page}", how)
                    yield f"{name}, {line}: first words", first, "ms"
                    yield f"{name}, {line}: the largest thing", largest, "ms, 1,500 at most"
                    yield f"{name}, {line}: jumps", jumps, "0.02 at most"
            browser.close()
    yield "processes that wanted to run, last minute", os.getloadavg()[0], f"of {os.cpu_count()} processors"


def _asked(folder: Path) -> str:
    """A writer's address in the story's world."""
    words = [sys.executable, "-m", "vouchsafe", "story", "--data", str(folder)]
    subprocess.run(words, env=environment(), cwd=ROOT, check=True, capture_output=True)
    return str(json.loads((folder / "story/links.json").read_text())["writer"])


def _median(browser: Browser, address: str, line: dict[str, int]) -> tuple[float, ...]:
    seen = [_once(browser, address, line) for _ in range(TIMES)]
    return tuple(statistics.median(column) for column in zip(*seen, strict=True))


def _once(browser: Browser, address: str, line: dict[str, int]) -> tuple[float, float, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    context.add_init_script(f"({WATCH})()")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **line})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(PAINTED)  # on a busy machine the line is idle before anything is seen
    seen = page.evaluate("window.seen")
    first = page.evaluate(FIRST)
    context.close()
    return first, seen["largest"], seen["jumps"]
