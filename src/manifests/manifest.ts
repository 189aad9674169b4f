/** What a manifest asks for. */
export type Manifest = {
  /** Names of the packages, as the manifest has them. */
  packages: string[];
  /** The same manifest with nothing in it but the packages, in order. */
  text: string;
};
