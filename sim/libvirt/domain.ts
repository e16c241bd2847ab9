export type Domain = Readonly<{ name: string }>;
