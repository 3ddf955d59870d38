# The server in one image: built with the toolchain of rust-version, run on a plain Debian as nobody special.
# Everything that is fetched is fetched while building; the running container fetches nothing.

FROM rust:1.95-slim-bookworm AS build
# SQLite is compiled from source, which wants a C compiler.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package api --bin hiyori

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin hiyori \
    && install --directory --owner=hiyori --group=hiyori /data
COPY --from=build /src/target/release/hiyori /usr/local/bin/hiyori
COPY --from=build /src/datasets /app/datasets
COPY --from=build /src/LICENSE /src/LICENSE-MIT /src/LICENSE-APACHE /app/
WORKDIR /app
USER hiyori
VOLUME /data
EXPOSE 8080
# No curl here: bash itself opens the connection and looks for the 200.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# SIGTERM ends it in good order: requests under way are answered first.
STOPSIGNAL SIGTERM
ENTRYPOINT ["hiyori"]
# `--init` loads /app/datasets once, when the volume is empty; later it changes nothing.
CMD ["serve", "--listen", "0.0.0.0:8080", "--data", "/data", "--init", "/app/datasets"]
