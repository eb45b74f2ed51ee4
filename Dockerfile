# One image for `firsthand start` (server and worker) and `firsthand worker`.
#
# Docker's default profiles keep bubblewrap and unshare from working: the analysers then run under process limits only.
# To confine them fully: docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined
# --security-opt systempaths=unconfined; docs/security.md says what each lifts. `firsthand doctor` names what holds.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap ca-certificates chromium-headless-shell fonts-dejavu-core fonts-liberation git tini util-linux \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json app.yml ./
COPY bin ./bin
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FIRSTHAND_DATA_DIR=/data
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["/usr/bin/tini", "--", "node", "bin/firsthand.js"]
CMD ["start"]
