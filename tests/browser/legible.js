// Gives what is on the page and too faint to read (WCAG 2.2, 1.4.3) or too small for a thumb (44 by 44 pixels).
() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const lineage = (node) => (node ? [node, ...lineage(node.parentElement)] : []);
  const ground = (node) => {
    const layers = lineage(node).map((each) => rgba(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (style, node) => {
    const seen = lineage(node).reduce((all, each) => all * parseFloat(getComputedStyle(each).opacity), 1);
    const below = ground(node);
    const colour = rgba(style.color);
    const pair = [light(over([...colour.slice(0, 3), colour[3] * seen], below)), light(below)].sort();
    return (pair[1] + 0.05) / (pair[0] + 0.05);
  };
  const shown = (node) => {
    const box = node.getBoundingClientRect();
    const inside = box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth;
    return inside && node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = new Set();
  while (texts.nextNode()) if (texts.currentNode.textContent.trim()) nodes.add(texts.currentNode.parentElement);
  const enough = (node, style) => (node.closest("[data-testid=stIconMaterial]") || parseFloat(style.fontSize) >= 24 ? 3 : 4.5);
  const faint = [...nodes]
    .filter((node) => !["SCRIPT", "STYLE"].includes(node.tagName) && !node.closest(":disabled, .cp-said") && shown(node))
    .map((node) => [contrast(getComputedStyle(node), node), getComputedStyle(node), node])
    .filter(([ratio, style, node]) => ratio < enough(node, style))
    .map(([ratio, , node]) => `${ratio.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`);
  const small = [...document.querySelectorAll("button, summary, .stMain a:not(.cp-cite), nav a")]
    .filter((node) => !node.closest("p, [aria-hidden=true]") && shown(node))
    .map((node) => [node.getBoundingClientRect(), node.getAttribute("aria-label") ?? node.innerText])
    .filter(([box]) => box.height < 43.5 || box.width < 43.5)
    .map(([box, name]) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${name.trim().slice(0, 40)}`);
  return { faint, small };
}
