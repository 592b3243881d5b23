# The sandbox in a container: docker build -t crossbar-sandbox . && docker run -p 8000:8000 crossbar-sandbox
FROM node:24-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts && npm run --silent sandbox:pack

FROM node:24-slim
COPY --from=build /build/build/crossbar-sandbox/*.tgz /tmp/sandbox.tgz
RUN npm install --global --ignore-scripts /tmp/sandbox.tgz && rm /tmp/sandbox.tgz && mkdir /data && chown node /data
USER node
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["crossbar-sandbox", "--host", "0.0.0.0", "--secret-file", "/data/secret", "--data", "/data/state.ndjson"]
