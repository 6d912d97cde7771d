# `make run` starts the kiosk, `make test` runs every test, `make check` is format, lints and docs, `make features` compiles
# the other sets of features, `make deny` checks licences and sources of what we depend on, `make bench` measures, and
# `make soak` injects the faults that take long or need root (docs/RELIABILITY.md).
# ARGS goes to the app: make run ARGS="--input me.jpg --look classic-red".

CARGO ?= cargo
ARGS ?=
SECONDS ?= 60
NEXTEST := $(shell $(CARGO) nextest --version 2>/dev/null)

# Tests that need the test faces are ignored where those do not lie beside the project.
FACES := $(wildcard ../shared/faces)

.PHONY: run test check features deny sbom fuzz bench soak

# Built with the workspace's features, so that running and testing share one build.
run:
	@.ci/packages build run
	$(CARGO) build --workspace --bin carmine
	@# Where no session set it, Mesa complains on standard error.
	@if [ -z "$$XDG_RUNTIME_DIR" ]; then install -d -m 700 target/runtime; export XDG_RUNTIME_DIR="$(CURDIR)/target/runtime"; fi; \
	set -x; target/debug/carmine kiosk $(ARGS)

test:
	@.ci/packages build run test
ifdef NEXTEST
	$(CARGO) nextest run --workspace --no-fail-fast $(if $(FACES),--run-ignored all)
else
	$(CARGO) test --workspace --no-fail-fast --lib --bins --tests
	$(if $(FACES),$(CARGO) test --package carmine --no-fail-fast --tests -- --ignored)
endif
	$(CARGO) test --workspace --doc

check:
	@.ci/packages build
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps

features:
	@.ci/packages build mp4
	$(CARGO) check --workspace --features carmine-kiosk/mp4
	$(CARGO) check --package carmine-kiosk --no-default-features

# Advisories need a download: without one .ci/advisories says loudly that they were not checked.
deny:
	@$(CARGO) deny --version >/dev/null 2>&1 || $(CARGO) install --locked --debug cargo-deny
	$(CARGO) deny check licenses bans sources
	.ci/advisories

# target/sbom/carmine.cdx.json: what the binary is made of.
sbom:
	@.ci/packages build
	.ci/sbom

# SECONDS for each target, two at a time; TARGETS names some of them. kiosk-app/fuzz/README.md tells more.
fuzz:
	@.ci/packages build fuzz
	kiosk-app/fuzz/run $(SECONDS) $(TARGETS)

bench:
	@.ci/packages build run
	$(CARGO) bench -p carmine-benches --no-fail-fast

# CARMINE_SOAK_MINUTES says how long the sessions of two simulated weeks may take.
soak:
	@.ci/packages build run test soak
ifndef NEXTEST
	$(error make soak needs cargo-nextest: cargo install --locked cargo-nextest)
endif
	$(CARGO) nextest run --workspace --profile soak --run-ignored all --no-fail-fast
