namespace Celadon.Packs;

/// <summary>Everything the packs in use say about the world.</summary>
public sealed partial class FactorLibrary;
