/** True in the build that makes one file. */
declare const SINGLE: boolean;

declare module 'virtual:first-items' {
  export const value: readonly import('./model/item.ts').BakedItem[];
}
declare module 'virtual:scenario-list' {
  export const value: readonly import('./model/catalogue.ts').Listed[];
}
declare module 'virtual:charts' {
  export const value: readonly import('./model/chart.ts').Chart[];
}
declare module 'virtual:lessons' {
  export const value: Readonly<Record<string, string>>;
}
declare module 'virtual:model-list' {
  export const value: readonly Readonly<{ name: string; title: string; asks: string }>[];
}
declare module '*.css';
