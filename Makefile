# `make run` starts the kiosk, `make test` runs every test, `make check` is format, lints and docs, `make bench` measures.
# ARGS goes to the app: make run ARGS="--input me.jpg --look classic-red".

CARGO ?= cargo
ARGS ?=
NEXTEST := $(shell $(CARGO) nextest --version 2>/dev/null)

.PHONY: run test check bench

# Built with the workspace's features, so that running and testing share one build.
run:
	@.ci/packages build run
	$(CARGO) build --workspace --bin carmine
	target/debug/carmine kiosk $(ARGS)

test:
	@.ci/packages build run test
ifdef NEXTEST
	$(CARGO) nextest run --workspace --no-fail-fast
else
	$(CARGO) test --workspace --no-fail-fast --lib --bins --tests
endif
	$(CARGO) test --workspace --doc

check:
	@.ci/packages build
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps

bench:
	@.ci/packages build run
	$(CARGO) bench -p carmine-benches --no-fail-fast
