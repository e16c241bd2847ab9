/**
 * A statechart as a drawing: boxes and arrows with their places, made by the build from the machine itself.
 */
/** The height of a line of labels, and of a state's box without any. */
export const LINE = 15;
export const NAME_HEIGHT = 36;

export type ChartState = Readonly<{
  key: string;
  description: string;
  /** What it answers without leaving: events and guards. */
  stays: readonly string[];
  initial: boolean;
  final: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}>;

/** From one state to another. */
export type ChartEdge = Readonly<{
  from: string;
  to: string;
  /** Event and guard: `module.removed [unused]`; `always` where no event is needed. */
  labels: readonly string[];
  points: readonly Readonly<{ x: number; y: number }>[];
  labelAt: Readonly<{ x: number; y: number }>;
}>;

export type Chart = Readonly<{
  id: string;
  width: number;
  height: number;
  states: readonly ChartState[];
  edges: readonly ChartEdge[];
}>;
