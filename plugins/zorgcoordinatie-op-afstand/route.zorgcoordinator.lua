-- Er is in deze regio geen zorgcoördinator. Dan coördineert CoMensha op afstand.
return function(ctx)
  return {
    zorgcoordinator_rol = "CMH",
    zorgcoordinator_partij = nil,
    op_afstand = true,
    reden = "In deze regio is geen zorgcoördinator; CoMensha coördineert op afstand.",
    bron = "X03 (V)",
  }
end
