import { Html, html } from './html.ts';

interface Picture {
  readonly ground: string;
  /** Drawn on a field of 200 × 200. */
  readonly shapes: string;
}

// Our own drawings, one for each product: flat shapes, the light from the left.
const PICTURES: ReadonlyMap<string, Picture> = new Map([
  [
    'arc-floor-lamp',
    {
      ground: '#efe3cf',
      shapes: `<path d="M52 168V84a50 50 0 0 1 100 0" fill="none" stroke="#b0823f" stroke-width="5"/>
        <ellipse cx="52" cy="168" rx="26" ry="6" fill="#8a6530"/>
        <path d="M134 84h36l12 30h-60z" fill="#f8f2e6"/><path d="M152 84h18l12 30h-30z" fill="#e8dcc4"/>
        <path d="M122 114h60l14 54H108z" fill="#f7d98c" opacity=".45"/>`,
    },
  ],
  [
    'everyday-mug',
    {
      ground: '#d9e2dc',
      shapes: `<path d="M124 88h14a22 22 0 0 1 0 44h-14" fill="none" stroke="#486a5b" stroke-width="10"/>
        <path d="M56 72h76v62a22 22 0 0 1-22 22H78a22 22 0 0 1-22-22z" fill="#5f8573"/>
        <path d="M100 72h32v62a22 22 0 0 1-22 22h-10z" fill="#527565"/>
        <ellipse cx="94" cy="72" rx="38" ry="9" fill="#3d5a4d"/><ellipse cx="94" cy="74" rx="31" ry="6" fill="#8d5b35"/>
        <path d="M82 54c-6-8 6-12 0-22M104 54c-6-8 6-12 0-22" fill="none" stroke="#b4c4ba" stroke-width="4" stroke-linecap="round"/>`,
    },
  ],
  [
    'larch-reading-stool',
    {
      ground: '#f1ddd0',
      shapes: `<path d="M72 92 56 166M128 92l16 74M100 92v78" stroke="#8d5f3b" stroke-width="9" stroke-linecap="round"/>
        <path d="M65 138h70" stroke="#a8744a" stroke-width="6"/>
        <ellipse cx="100" cy="90" rx="54" ry="15" fill="#a8744a"/><ellipse cx="100" cy="83" rx="54" ry="15" fill="#cf9c6c"/>
        <path d="M62 83c20-7 56-7 76 0M72 88c16-4 40-4 56 0" fill="none" stroke="#b78352" stroke-width="2"/>`,
    },
  ],
  [
    'moor-blanket',
    {
      ground: '#e3dbe6',
      shapes: `<path d="M44 66h112v82H44z" fill="#7c6187"/><path d="M44 66h112v20H44z" fill="#94789f"/>
        <path d="M44 100h112v8H44zM44 122h112v14H44z" fill="#5d4768"/>
        <path d="M70 66v82M100 66v82M130 66v82" stroke="#b8a0c0" stroke-width="3"/>
        <path d="M48 148v14M60 148v14M72 148v14M84 148v14M96 148v14M108 148v14M120 148v14M132 148v14M144 148v14M152 148v14" stroke="#5d4768" stroke-width="3" stroke-linecap="round"/>`,
    },
  ],
  [
    'tall-vase',
    {
      ground: '#f3dfd3',
      shapes: `<path d="M100 70C96 50 84 40 74 24M102 70c4-22 14-34 28-44M100 70V22" fill="none" stroke="#5d6b4a" stroke-width="4"/>
        <g fill="#7d8f63"><ellipse cx="74" cy="28" rx="6" ry="11" transform="rotate(-32 74 28)"/><ellipse cx="130" cy="28" rx="6" ry="11" transform="rotate(44 130 28)"/><ellipse cx="100" cy="22" rx="6" ry="11"/><ellipse cx="84" cy="48" rx="5" ry="9" transform="rotate(-60 84 48)"/><ellipse cx="120" cy="46" rx="5" ry="9" transform="rotate(64 120 46)"/></g>
        <path d="M88 66h24v26c22 12 28 62 6 82H82c-22-20-16-70 6-82z" fill="#c4724e"/>
        <path d="M100 66h12v26c22 12 28 62 6 82h-18z" fill="#ae6141"/>`,
    },
  ],
  [
    'oak-serving-board',
    {
      ground: '#dfe4e6',
      shapes: `<g transform="rotate(-28 100 100)"><rect x="26" y="68" width="116" height="64" rx="16" fill="#c08a54"/>
        <rect x="136" y="88" width="44" height="24" rx="12" fill="#c08a54"/><circle cx="167" cy="100" r="5" fill="#dfe4e6"/>
        <path d="M36 84c34-6 62 6 96 0M36 100c34-6 72 6 104 0M36 116c34-6 62 6 96 0" fill="none" stroke="#a87442" stroke-width="3"/></g>`,
    },
  ],
  [
    'slow-kettle',
    {
      ground: '#d6e0e6',
      shapes: `<path d="M66 84c0-52 68-52 68 0" fill="none" stroke="#3b3a39" stroke-width="8" stroke-linecap="round"/>
        <path d="M136 118c18-4 22-20 36-30l-4 20c-6 16-16 28-32 32z" fill="#8b9aa3"/>
        <path d="M60 92h80c16 34 10 66-2 74H62c-12-8-18-40-2-74z" fill="#a7b6be"/><path d="M100 92h40c16 34 10 66-2 74h-38z" fill="#95a5ae"/>
        <ellipse cx="100" cy="92" rx="40" ry="9" fill="#7b8a93"/><circle cx="100" cy="80" r="7" fill="#3b3a39"/>`,
    },
  ],
  [
    'willow-basket',
    {
      ground: '#e6e4d3',
      shapes: `<path d="M66 84c0-48 68-48 68 0" fill="none" stroke="#7a5a36" stroke-width="8"/>
        <path d="M44 84h112l-14 80H58z" fill="#cdb07c"/>
        <path d="M46 98h108M49 114h102M52 130h96M55 146h90" stroke="#ab8d59" stroke-width="5"/>
        <path d="M68 84l6 80M90 84l3 80M110 84l-3 80M132 84l-6 80" stroke="#ab8d59" stroke-width="3"/>
        <rect x="40" y="76" width="120" height="14" rx="7" fill="#b8995f"/>`,
    },
  ],
  [
    'window-plant',
    {
      ground: '#dce7d4',
      shapes: `<path d="M100 128V56" stroke="#5b4a35" stroke-width="5"/>
        <g fill="#3f6b4a"><ellipse cx="100" cy="42" rx="13" ry="26"/><ellipse cx="68" cy="70" rx="13" ry="28" transform="rotate(-58 68 70)"/><ellipse cx="132" cy="70" rx="13" ry="28" transform="rotate(58 132 70)"/></g>
        <g fill="#568a62"><ellipse cx="72" cy="104" rx="12" ry="26" transform="rotate(-70 72 104)"/><ellipse cx="128" cy="104" rx="12" ry="26" transform="rotate(70 128 104)"/></g>
        <path d="M66 126h68l-9 46H75z" fill="#c4724e"/><path d="M62 120h76v14H62z" fill="#b16342"/>`,
    },
  ],
]);

const UNKNOWN: Picture = { ground: '#e7e2d8', shapes: '' };

/** The product's picture. Its name stands beside it everywhere, so that the picture itself is decoration. */
export function pictureOf(slug: string): Html {
  const { ground, shapes } = PICTURES.get(slug) ?? UNKNOWN;
  return html`<svg class="picture" viewBox="0 0 200 200" aria-hidden="true">
    <rect width="200" height="200" fill="${ground}"/>${new Html(shapes)}
  </svg>`;
}
