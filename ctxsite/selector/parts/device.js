// Signal `device`: by the viewport's width in CSS pixels.
$.device = () => (innerWidth < 640 ? 'phone' : innerWidth < 1024 ? 'tablet' : 'desktop');
