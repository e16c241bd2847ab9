/**
 * A statechart as a drawing: boxes and arrows with their places, made by the build from the machine itself.
 */
type ChartState = Readonly<{
  key: string;
  description: string;
  initial: boolean;
  final: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}>;

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
