# baocao with what recognition of scans (OCR) needs. Build: docker build -t baocao .
# Use: docker run --rm -v "$PWD:/data" baocao extract /data -o /data/records.jsonl
FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --locked --release --features tables

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie poppler-utils \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/target/release/baocao /usr/local/bin/baocao
WORKDIR /data
ENTRYPOINT ["baocao"]
