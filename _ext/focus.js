// Boxes that scroll sideways can be reached and scrolled with the keyboard; those that do not are no stop on the way.
{
  const sized = new ResizeObserver(changed => {
    for (const { target } of changed) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll(".bd-content :is(figure, pre, div.cell_output, div.math)")) sized.observe(box);
}
