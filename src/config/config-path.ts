/** Where a repository keeps its configuration. */
export const CONFIG_PATH = '.github/firsthand.yml';
