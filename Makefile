# Territoires: `make help` lists what can be asked.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
# Threads share few heaps, and large blocks are given back: a file of 35,000 rows leaves none behind.
HEAP := MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
.DEFAULT_GOAL := help
.PHONY: help run test check bench data verify format clean

help: ## Liste les commandes
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/.run ## Installe ce qui manque et sert le tableau de bord (PORT=8501, HOST=127.0.0.1)
	@echo "Territoires : http://$(HOST):$(PORT)"
	@$(if $(filter 127.0.0.1 localhost ::1,$(HOST)),TERRITOIRES_PUBLICATION=oui) $(HEAP) exec $(BIN)/streamlit run dashboard.py --server.port $(PORT) --server.address $(HOST)

test: $(VENV)/.dev ## Lance tous les tests, navigateur compris
	@CHROMIUM="$$(tools/find_chromium.sh)" && export CHROMIUM && $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.dev ## Vérifie la mise en forme, le style et les types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## Met le code en forme
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## Mesure l’application à côté de la façon habituelle (bench/results/)
	@CHROMIUM="$$(tools/find_chromium.sh)" && export CHROMIUM && $(BIN)/python -m bench.run $(ARGS)

data: $(VENV)/.dev ## Reconstruit contours et profils depuis les paquets épinglés (réseau nécessaire)
	@$(BIN)/python -m tools.build_boundaries $(ARGS)
	@$(BIN)/python -m tools.build_profiles

verify: $(VENV)/.run ## Vérifie les fichiers de data/ comme l’application les lit
	@$(BIN)/python -m territoires.cli verifier

clean: ## Efface l’environnement et les caches
	@rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamps make a second start immediate; they are renewed when a list of packages changes.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire (lu : $$($(PYTHON) --version 2>&1)). Précisez-le : make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Le module venv manque : sur Debian ou Ubuntu, apt-get install python3-venv."; exit 1; }

$(VENV)/.run: $(VENV)/bin/python requirements.txt constraints.txt pyproject.toml
	@echo "Installation des bibliothèques (une seule fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installation des outils de test (une seule fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
