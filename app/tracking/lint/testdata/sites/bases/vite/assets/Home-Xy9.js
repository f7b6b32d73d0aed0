import{_ as e}from"./track-Aa1.js";const t={};function n(e,t){return"div"}const r=e(t,[["render",n]]);export{r as default};
