namespace NanoDet.Training.Losses;

/// <summary>One part of the loss.</summary>
/// <param name="Name">Its name in the original's log, such as <c>loss_qfl</c> or <c>aux_loss_dfl</c>.</param>
/// <param name="Value">Its weighted value.</param>
public readonly record struct LossPart(string Name, double Value);
