"""A synthetic product system with the structure of a large life-cycle inventory database.

Products have several producers and regional markets. A market takes shares of its producers, and transport. A
producer takes inputs by popularity or from its own sector, from the market of its region or the global one.
Products of the core may be used by anybody, which makes one large loop; the others only by later ones. Amounts are
chosen so that every loop loses value, then put into random units. No licensed data are in it.

    system.py OUT [PROCESSES [SEED]]

The file is little endian: four int32 (magic, processes, elementary flows, 0), two int64 (entries of technosphere and
of biosphere); technosphere and biosphere by columns: starts, rows (int32), amounts, deviations of the logarithm
(double); one factor for each elementary flow.
"""
import sys

import numpy as np

CORE, INPUTS, POPULARITY, LOCAL = 0.58, 11.0, 0.95, 0.45
SECTORS, REGIONS, FLOWS, EMISSIONS, UNITS = 120, 60, 2000, 30.0, 3.0
HUBS, TRANSPORT = 12, range(3, 9)


class System:
    """The system as it grows; every random number is drawn in one fixed order."""

    def __init__(self, processes, seed):
        self.n = processes
        self.rng = np.random.default_rng(seed)
        self.make_products()
        self.make_sectors()
        self.entries = [], [], [], []

    def make_products(self):
        rng, self.producers, self.markets, self.regions = self.rng, [], [], []
        product_of, is_market = [], []
        placed = 0
        while placed < self.n:
            producers, markets = 1 + int(rng.pareto(1.1) * 1.6), 1 + int(rng.pareto(1.4) * 0.7)
            if len(self.producers) < HUBS:
                producers, markets = int(rng.integers(60, 180)), int(rng.integers(25, 60))
            producers, markets = min(producers, 180), min(markets, 60)
            if placed + producers + markets > self.n:
                producers = max(1, min(producers, self.n - placed))
                markets = max(0, self.n - placed - producers)
            members = np.arange(placed, placed + producers + markets)
            region = rng.integers(0, REGIONS, len(members))
            if markets > 0:
                region[producers] = -1
            product_of += [len(self.producers)] * len(members)
            is_market += [False] * producers + [True] * markets
            self.regions += list(region)
            self.producers.append(members[:producers])
            self.markets.append(members[producers:])
            placed += len(members)
        self.regions, self.product_of = np.array(self.regions), np.array(product_of)
        self.is_market = np.array(is_market)

    def make_sectors(self):
        rng, products = self.rng, len(self.producers)
        self.core = int(CORE * products)
        self.sector = rng.integers(0, SECTORS, products)
        rank = np.arange(products, dtype=float)
        rank[HUBS:self.core] = HUBS + rng.permutation(self.core - HUBS)
        popularity = (1.0 / (rank + 2.0) ** POPULARITY)[:self.core]
        self.popular = np.cumsum(popularity)
        self.popular /= self.popular[-1]
        inside = np.arange(products) < self.core
        self.peers = [np.where((self.sector == s) & inside)[0] for s in range(SECTORS)]
        self.everyone = [np.where(self.sector == s)[0] for s in range(SECTORS)]

    def supplier(self, product, region):
        markets = self.markets[product]
        if len(markets) == 0:
            return self.producers[product][self.rng.integers(len(self.producers[product]))]
        near = markets[self.regions[markets] == region]
        return near[0] if len(near) else markets[0]

    def add(self, supplier, consumer, amount, deviation):
        for column, value in zip(self.entries, (supplier, consumer, amount, deviation)):
            column.append(value)

    def market(self, product, j):
        rng, producers = self.rng, self.producers[product]
        if self.regions[j] < 0 or len(producers) <= 3:
            suppliers = producers
        else:
            suppliers = producers[self.regions[producers] == self.regions[j]]
            if len(suppliers) == 0:
                count = min(len(producers), 1 + int(rng.integers(0, 4)))
                suppliers = rng.choice(producers, count, replace=False)
        for supplier, share in zip(suppliers, rng.dirichlet(np.full(len(suppliers), 0.7))):
            if share > 1e-9:
                self.add(supplier, j, share, 0.0)
        if product < HUBS:
            return
        for mode in TRANSPORT:
            if rng.random() < 0.85:
                self.add(self.supplier(mode, self.regions[j]), j, float(rng.lognormal(-5.0, 1.0)),
                         0.3 + 0.3 * rng.random())

    def input_of(self, product):
        rng, sector = self.rng, self.sector[product]
        if rng.random() < LOCAL and len(self.peers[sector]) > 0:
            if product < self.core:
                candidates = self.peers[sector]
            else:
                earlier = self.everyone[sector]
                candidates = earlier[earlier < product]
                if len(candidates) == 0:
                    candidates = np.arange(self.core)
            return int(candidates[rng.integers(len(candidates))])
        return int(np.searchsorted(self.popular, rng.random()))

    def producer(self, product, j):
        rng, taken = self.rng, set()
        for _ in range(int(np.clip(rng.lognormal(np.log(INPUTS) - 0.32, 0.8), 1, 250))):
            chosen = self.input_of(product)
            if chosen == product:
                continue
            supplier = int(self.supplier(chosen, self.regions[j]))
            if supplier not in taken and supplier != j:
                taken.add(supplier)
        if not taken:
            return
        weights = rng.lognormal(0, 2.0, len(taken))
        weights *= rng.uniform(0.10, 0.75) / weights.sum()
        for supplier, weight in zip(taken, weights):
            self.add(supplier, j, float(weight), float(rng.choice([0.05, 0.1, 0.2, 0.3, 0.55])))

    def technosphere(self):
        for product in range(len(self.producers)):
            for j in self.markets[product]:
                self.market(product, j)
            for j in self.producers[product]:
                self.producer(product, j)
        supplier, consumer, amount, deviation = (np.array(column) for column in self.entries)
        unit = 10.0 ** self.rng.uniform(-UNITS, UNITS, len(self.producers))
        self.unit = unit[self.product_of]
        own = np.arange(self.n)
        amount = -(amount * self.unit[supplier] / self.unit[consumer])
        return compressed(self.n, np.r_[supplier, own], np.r_[consumer, own], np.r_[amount, np.ones(self.n)],
                          np.r_[deviation, np.zeros(self.n)])

    def biosphere(self):
        rng, rows, columns, amounts, deviations = self.rng, [], [], [], []
        usual = np.cumsum(1.0 / (np.arange(FLOWS) + 5.0) ** 0.8)
        usual /= usual[-1]
        mean = np.log(EMISSIONS * self.n / (~self.is_market).sum())
        for j in range(self.n):
            if self.is_market[j]:
                count = int(rng.random() < 0.1)
            else:
                count = int(np.clip(rng.lognormal(mean - 0.5, 1.0), 0, FLOWS // 2))
            if count == 0:
                continue
            flows = np.unique(np.searchsorted(usual, rng.random(count)))
            rows.append(flows)
            columns.append(np.full(len(flows), j))
            amounts.append(rng.lognormal(-6, 3, len(flows)) / self.unit[j])
            deviations.append(rng.choice([0.1, 0.2, 0.4, 0.55, 0.8], len(flows)))
        return compressed(self.n, *(np.concatenate(part) for part in (rows, columns, amounts, deviations)))


def compressed(columns, row, column, amount, deviation):
    order = np.lexsort((row, column))
    starts = np.r_[0, np.cumsum(np.bincount(column, minlength=columns))]
    return starts, row[order], amount[order], deviation[order]


def main(path, processes=20000, seed=1):
    system = System(processes, seed)
    technosphere, biosphere = system.technosphere(), system.biosphere()
    rng = system.rng
    factors = np.where(rng.random(FLOWS) < 0.15, rng.lognormal(1, 2.5, FLOWS), 0.0)
    with open(path, "wb") as file:
        np.array([0x4C434131, processes, FLOWS, 0], "<i4").tofile(file)
        np.array([len(technosphere[1]), len(biosphere[1])], "<i8").tofile(file)
        for starts, row, amount, deviation in (technosphere, biosphere):
            starts.astype("<i4").tofile(file)
            row.astype("<i4").tofile(file)
            amount.astype("<f8").tofile(file)
            deviation.astype("<f8").tofile(file)
        factors.astype("<f8").tofile(file)


main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
