"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const rows = [...document.querySelectorAll("#charts tbody tr")];
  const value = (id) => document.getElementById(id)?.value ?? "";
  const plain = (text) => text.toLowerCase().replace(/\s+/g, "");
  const apply = () => {
    const words = value("words").toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = ["level", "department", "person"].map((id) => [id, value(id)]).filter(([, name]) => name);
    let count = 0;
    for (const row of rows) {
      const text = plain(row.dataset.words);
      const fits = words.every((word) => text.includes(word)) &&
        wanted.every(([id, name]) => row.dataset[id].split("\n").includes(name));
      row.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count === rows.length ? `共 ${count} 张图` : `${rows.length} 张图中的 ${count} 张`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.getElementById("print").addEventListener("click", () => print());
})();
