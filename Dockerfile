# Never built by its makers, who have no Docker: docs/running.md says what was tried instead.
FROM python:3.11-slim-bookworm

# LibreOffice turns Word files into PDF, Noto sets letters beyond the Latin alphabet. Leave either out to save space:
# `vouchsafe doctor` and the pages say what is then missing.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip install --no-cache-dir --no-deps . \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin vouchsafe \
    && install -d -o vouchsafe -g vouchsafe -m 0700 /data

USER vouchsafe
ENV VOUCHSAFE_DATA=/data HOME=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["vouchsafe"]
CMD ["serve", "--host", "0.0.0.0", "--quiet"]
