/** How a scenario's symptom is called in the list. */
import { type Scenario, symptoms, type Words } from '../../sim/play/scenario.ts';

export const symptomWords = (symptom: Scenario['symptom']): Words => symptoms[symptom].says;
