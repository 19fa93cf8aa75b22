// The names of LaTeX that `math.js` knows, and what they look like.

const pairs = text => Object.fromEntries(text.trim().split(/\s+/).map(pair => {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
}));

/** Letters. */
export const letters = pairs(`
  alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ
  lambda=λ mu=μ nu=ν xi=ξ pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ
  chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω
  infty=∞ partial=∂ nabla=∇ ell=ℓ hbar=ℏ Re=ℜ Im=ℑ aleph=ℵ emptyset=∅ varnothing=∅ imath=ı jmath=ȷ
  angle=∠ degree=° triangle=△ square=□ top=⊤ bot=⊥`);

/** Operators and relations. */
export const operators = pairs(`
  pm=± mp=∓ times=× div=÷ cdot=⋅ ast=∗ star=⋆ circ=∘ bullet=∙ oplus=⊕ ominus=⊖ otimes=⊗ odot=⊙ cup=∪ cap=∩
  setminus=∖ wedge=∧ land=∧ vee=∨ lor=∨ neg=¬ lnot=¬ leq== le=≤ geq=≥ ge=≥ neq=≠ ne=≠ ll=≪ gg=≫ approx=≈
  equiv=≡ sim=∼ simeq=≃ cong=≅ propto=∝ in=∈ notin=∉ ni=∋ subset=⊂ supset=⊃ subseteq=⊆ supseteq=⊇ forall=∀
  exists=∃ nexists=∄ mid=∣ parallel=∥ perp=⊥ to=→ rightarrow=→ leftarrow=← gets=← leftrightarrow=↔
  Rightarrow=⇒ implies=⟹ Leftarrow=⇐ Leftrightarrow=⇔ iff=⟺ mapsto=↦ longrightarrow=⟶ uparrow=↑ downarrow=↓
  ldots=… dots=… cdots=⋯ vdots=⋮ ddots=⋱ prime=′ colon=: lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ langle=⟨ rangle=⟩
  lvert=| rvert=| vert=| lVert=‖ rVert=‖ Vert=‖ lbrace={ rbrace=} backslash=\\ therefore=∴ because=∵
  vdash=⊢ models=⊨ triangleq=≜ asymp=≍ preceq=⪯ succeq=⪰ leqslant=⩽ geqslant=⩾`);
operators.leq = "≤";

/** Operators that carry their limits above and below in a formula of its own. */
export const large = pairs(`
  sum=∑ prod=∏ coprod=∐ bigcup=⋃ bigcap=⋂ bigoplus=⨁ bigotimes=⨂ bigvee=⋁ bigwedge=⋀`);
export const integrals = pairs("int=∫ iint=∬ iiint=∭ oint=∮");

/** Names that are written upright. */
export const functions = new Set(`sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp
  arg deg det dim ker hom sgn Pr tg ctg arctg`.split(/\s+/));
export const limits = new Set("lim max min sup inf limsup liminf argmax argmin".split(" "));

/** Signs above a letter. */
export const accents = pairs("hat=ˆ widehat=ˆ bar=¯ overline=¯ vec=→ overrightarrow=→ tilde=˜ widetilde=˜ dot=˙ ddot=¨ check=ˇ breve=˘ acute=´ grave=` overbrace=⏞");
export const under = pairs("underline=_ underbrace=⏟");

/** Spaces, in em. */
export const spaces = { ",": ".17", ":": ".22", ";": ".28", " ": ".25", "!": "0", quad: "1", qquad: "2", thinspace: ".17", enspace: ".5" };

/** Other alphabets. */
export const alphabets = {
  mathbb: "double-struck", mathcal: "script", mathscr: "script", mathfrak: "fraktur", mathbf: "bold", boldsymbol: "bold",
  bm: "bold", mathsf: "sans-serif", mathtt: "monospace", mathrm: "normal", mathit: "italic", operatorname: "normal",
};

/** Environments: what stands around them, and how their columns lie. */
export const environments = {
  matrix: ["", ""], pmatrix: ["(", ")"], bmatrix: ["[", "]"], Bmatrix: ["{", "}"], vmatrix: ["|", "|"], Vmatrix: ["‖", "‖"],
  smallmatrix: ["", ""], array: ["", ""], cases: ["{", "", "left"], aligned: ["", "", "pairs"], align: ["", "", "pairs"],
  "align*": ["", "", "pairs"], split: ["", "", "pairs"], gathered: ["", ""], equation: ["", ""], "equation*": ["", ""],
};
