namespace NanoDet.Training.Assigners;

/// <summary>A prior that has to learn an object; all others learn that there is none.</summary>
/// <param name="Prior">Index of the prior among those of its picture.</param>
/// <param name="Object">Index of the object among those of its picture.</param>
/// <param name="IoU">Overlap of the object with the box it was assigned by, 0 to 1.</param>
public readonly record struct AssignedPrior(int Prior, int Object, float IoU);
