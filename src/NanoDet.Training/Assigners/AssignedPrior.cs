namespace NanoDet.Training.Assigners;

/// <summary>A prior that is assigned to an object; all other priors are trained as background.</summary>
/// <param name="Prior">Index of the prior in its image.</param>
/// <param name="Object">Index of the object in its image.</param>
/// <param name="IoU">IoU of the object and the box that it was assigned by, 0 to 1.</param>
public readonly record struct AssignedPrior(int Prior, int Object, float IoU);
